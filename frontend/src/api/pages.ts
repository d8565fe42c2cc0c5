/** Lists that come page by page. */

/** All pages of a list; each tells where the next begins. */
export async function everyPage<Page extends { readonly after: string | null }>(
  ask: (after: string) => Promise<Page>,
): Promise<Page[]> {
  const found: Page[] = [];
  for (let after: string | null = ""; after !== null; after = found.at(-1)?.after ?? null) {
    found.push(await ask(after));
  }
  return found;
}
