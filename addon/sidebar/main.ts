import { Sidebar } from './sidebar.js';

const view = document.getElementById('view');
const announcement = document.getElementById('announcement');
const settings = document.getElementById('settings');
if (!view || !announcement || !settings) throw new Error('index.html is incomplete');

const sidebar = new Sidebar(view, announcement);
settings.onclick = () => sidebar.settings();
window.addEventListener('online', () => sidebar.online());
window.addEventListener('focus', () => sidebar.returned());
void sidebar.open(document.documentElement.dataset.open === 'settings');
