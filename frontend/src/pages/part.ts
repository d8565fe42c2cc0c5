// As Chromium, Firefox, WebKit and Vite say it; there is no code.
const MISSING =
  /dynamically imported module|importing a module script failed|unable to preload css/i;

/** Whether what broke is that a part of the app could not be loaded. */
export function isPartMissing(error: unknown): boolean {
  return error instanceof Error && MISSING.test(error.message);
}
