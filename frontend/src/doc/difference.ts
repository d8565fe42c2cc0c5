/** What two lists of words have in common, found as Python's difflib does, so that both sides merge alike. */

/** Equal words: where in the old list, where in the new one, and how many. */
export interface Block {
  readonly inOld: number;
  readonly inNew: number;
  readonly size: number;
}

/** The blocks two lists share, in order and not touching; one of size 0 at the end closes them. */
export function matchingBlocks(old: readonly string[], now: readonly string[]): Block[] {
  const places = placesOf(now);
  const open: [number, number, number, number][] = [[0, old.length, 0, now.length]];
  const found: Block[] = [];
  for (let part = open.pop(); part; part = open.pop()) {
    const [low, high, from, to] = part;
    const block = longest(old, places, low, high, from, to);
    if (!block.size) continue;
    found.push(block);
    if (low < block.inOld && from < block.inNew) {
      open.push([low, block.inOld, from, block.inNew]);
    }
    const end = block.inOld + block.size;
    const endNew = block.inNew + block.size;
    if (end < high && endNew < to) open.push([end, high, endNew, to]);
  }
  found.sort((one, other) => one.inOld - other.inOld || one.inNew - other.inNew);
  return [...joined(found), { inOld: old.length, inNew: now.length, size: 0 }];
}

function placesOf(words: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  words.forEach((word, place) => {
    const known = places.get(word);
    if (known) known.push(place);
    else places.set(word, [place]);
  });
  return places;
}

/** The longest block within bounds; of equally long ones the first in the old list, then in the new. */
function longest(
  old: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  low: number,
  high: number,
  from: number,
  to: number,
): Block {
  let best: Block = { inOld: low, inNew: from, size: 0 };
  // Of each place in the new list, from its second on: how long the block is that ends there.
  let before = new Int32Array(to - from + 1);
  let lengths = new Int32Array(to - from + 1);
  for (let place = low; place < high; place += 1) {
    lengths.fill(0);
    for (const other of places.get(old[place] ?? "") ?? []) {
      if (other < from) continue;
      if (other >= to) break;
      const size = (before[other - from] ?? 0) + 1;
      lengths[other - from + 1] = size;
      if (size > best.size) best = { inOld: place - size + 1, inNew: other - size + 1, size };
    }
    [before, lengths] = [lengths, before];
  }
  return best;
}

function joined(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    const isNext =
      last && last.inOld + last.size === block.inOld && last.inNew + last.size === block.inNew;
    if (isNext) found[found.length - 1] = { ...last, size: last.size + block.size };
    else found.push(block);
  }
  return found;
}
