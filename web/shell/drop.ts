/** Takes files that are dropped anywhere on the page. */
export function receiveFiles(veil: HTMLElement, receive: (files: File[]) => void): void {
  const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragenter', (event) => {
    if (withFiles(event)) veil.hidden = false;
  });
  addEventListener('dragover', (event) => {
    if (withFiles(event)) event.preventDefault();
  });
  addEventListener('dragleave', (event) => {
    // Left the window, not just an element within it.
    if (event.relatedTarget === null) veil.hidden = true;
  });
  addEventListener('drop', (event) => {
    veil.hidden = true;
    if (!withFiles(event)) return;
    event.preventDefault();
    receive([...(event.dataTransfer?.files ?? [])]);
  });
}
