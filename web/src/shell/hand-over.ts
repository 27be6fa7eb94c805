/** Gives a file to the browser to be saved under its name. */
export function handOver({ name, content }: { name: string; content: Blob }): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to save by the next task; before it, the address must still be good.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
