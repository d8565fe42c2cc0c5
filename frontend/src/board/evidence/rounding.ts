/** Numbers rounded so that they stay on their side of nothing, of all and of a limit, as on the server. */

export const FULL = 100;
/** Decimals; what would need more is told by the limit it is near. */
const MOST = 3;
const NEAR = 1e-9;
const TENTH = 0.1;
/** Digits of a number that are its own. */
const EXACT = 15;

export interface Rounded {
  /** "<" or ">" where it is so near a limit that digits do not tell it apart, else "". */
  readonly mark: "" | "<" | ">";
  /** The number, or that limit. */
  readonly value: number;
  readonly digits: number;
}

/** A number with as many decimals as asked for, or more where it would touch a limit it does not touch. */
export function rounded(value: number, digits: number, limits: readonly number[] = []): Rounded {
  const plain = clean(value);
  const apart = limits.map(clean).filter((one) => Math.abs(plain - one) > NEAR);
  const most = Math.max(digits, MOST);
  for (let decimals = digits; decimals <= most; decimals += 1) {
    const shown = at(plain, decimals);
    const isApart = apart.every((one) => Math.sign(shown - one) === Math.sign(plain - one));
    if (isApart) return { mark: "", value: shown, digits: decimals };
  }
  const sorted = [...apart].sort((one, other) => Math.abs(plain - one) - Math.abs(plain - other));
  const limit = sorted[0] ?? 0;
  return { mark: plain < limit ? "<" : ">", value: limit, digits: most };
}

/** A share in percent: whole, with a decimal near the ends; some are never shown as none, nor as all. */
export function roundedPercent(share: number, limits: readonly number[] = []): Rounded {
  const value = clean(share * FULL);
  const isNearEnd = (value > 0 && value < 1) || (value > FULL - 1 && value < FULL);
  const kept = limits.filter((one) => one > 0 && one < 1).map((one) => one * FULL);
  const found = rounded(value, isNearEnd ? 1 : 0, value < 0 ? [...kept, 0] : kept);
  if (value > NEAR && found.value <= 0) return { mark: "<", value: TENTH, digits: 1 };
  if (value < FULL - NEAR && found.value >= FULL) {
    return { mark: ">", value: FULL - TENTH, digits: 1 };
  }
  return found;
}

/** Limits a value must keep its side of: nothing and those given, as far as its interval does not hold them. */
export function keptLimits(
  low: number | null,
  high: number | null,
  limits: readonly number[] = [],
): readonly number[] {
  return [0, ...limits].filter(
    (one) => (low !== null && one < low) || (high !== null && one > high),
  );
}

/** The number without the dust of its last digits: 0.29 × 100 is 29. */
function clean(value: number): number {
  return Number(value.toPrecision(EXACT));
}

const FORMATS = Array.from(
  { length: MOST + 1 },
  (_, digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits, useGrouping: false }),
);

/** Halves go away from zero, as in all numbers people are shown. */
function at(value: number, digits: number): number {
  return Number(FORMATS[digits]?.format(value) ?? value) + 0;
}
