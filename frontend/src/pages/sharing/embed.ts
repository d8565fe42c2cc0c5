const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** HTML that holds a page in a frame; the title is only text in it, whatever it says. */
export function embedCode(address: string, title: string): string {
  const [src, name] = [address, title].map((text) =>
    text.replace(/[&<>"]/g, (one) => ESCAPES[one] ?? one),
  );
  return `<iframe src="${src}" title="${name}" width="100%" height="700" loading="lazy"></iframe>`;
}
