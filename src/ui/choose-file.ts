/** Opens the browser's file dialog. The inputs are part of FileDrop, on the page in every state. */
export function chooseFile(): void {
  document.getElementById('file-input')?.click();
}

export function chooseSaved(): void {
  document.getElementById('model-input')?.click();
}
