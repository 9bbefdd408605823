/** Whether an error of this name, out of a WebAuthn function, is a DOMException: JavaScript's own are none. */
export function isDOMException(name: string): boolean {
  return !/^(?:Type|Range|Reference|Eval|URI|Aggregate)?Error$/.test(name);
}
