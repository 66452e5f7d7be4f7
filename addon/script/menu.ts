/** Runs when a document is opened, before the writer has allowed anything: only the menu. */
export function onOpen(): void {
  DocumentApp.getUi()
    .createAddonMenu()
    .addItem('Suggest a summary', 'openSidebar')
    .addItem('Settings', 'openSettings')
    .addToUi();
}

export function onInstall(): void {
  onOpen();
}

export function openSidebar(): void {
  show(HtmlService.createHtmlOutputFromFile('Sidebar'));
}

export function openSettings(): void {
  const content = HtmlService.createHtmlOutputFromFile('Sidebar').getContent();
  const page = content.replace('data-open="suggestion"', 'data-open="settings"');
  show(HtmlService.createHtmlOutput(page));
}

function show(page: GoogleAppsScript.HTML.HtmlOutput): void {
  DocumentApp.getUi().showSidebar(page.setTitle('Precis'));
}
