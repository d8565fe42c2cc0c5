import { faceOf } from "../curve.ts";

const MOUTHS = {
  "2": "M6 11.500c1 3.500 7 3.500 8 0z",
  "1": "M6.500 12c1.500 2 5.500 2 7 0",
  "0": "M6.500 12.800h7",
  "-1": "M6.500 13.800c1.500-2 5.500-2 7 0",
  "-2": "M6 14.500c1-3.500 7-3.500 8 0z",
} as const;

/** A face for a score, so that a feeling is not told by color and height alone. */
export function Face({ score }: { score: number }) {
  const face = faceOf(score);
  return (
    <svg className="face" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" />
      <path d={`${MOUTHS[face]}M7 7.500v.800M13 7.500v.800`} />
      {face === "-2" ? <path d="M5.500 5.500l2.500 1M14.500 5.500l-2.500 1" /> : null}
    </svg>
  );
}
