import '../component/index.js';
import { Store } from './documents/store.js';
import { App } from './shell/app.js';

const store = await Store.open();
await new App(store).start();
