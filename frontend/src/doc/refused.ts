/** An edit that cannot be made, with the code the server has for it. */
export class EditRefused extends Error {
  readonly code: string;
  readonly what: string;

  constructor(code: string, what: string) {
    super(`${what} [${code}]`);
    this.name = "EditRefused";
    this.code = code;
    this.what = what;
  }
}
