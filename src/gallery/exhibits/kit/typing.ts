/** Types a text into the first field of a window and leaves the field, as a visitor does. */
export const typeText =
  (text: string) =>
  (root: HTMLElement): void => {
    const input = root.querySelector('input');
    if (!input) throw new Error('There is no field to type into.');
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    input.focus();
    // React keeps a value of its own: the setter of the prototype goes past it, as typing does.
    value?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.blur();
  };
