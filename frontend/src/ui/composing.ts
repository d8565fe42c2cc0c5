/** Keys while an input method composes a word: they belong to it. */

const PROCESSED = 229; // what WebKit says of the key that ends a word, which comes after its end

/** Whether a key was meant for an input method, as Enter that takes a Japanese word. */
export function isComposing(event: {
  readonly nativeEvent: { readonly isComposing: boolean };
  readonly keyCode: number;
}): boolean {
  return event.nativeEvent.isComposing || event.keyCode === PROCESSED;
}
