/** Words people type for shares and durations, checked as the server does. */
const SHARE = /^\s*(\d{1,3}(?:\.\d+)?)\s*%\s*$/u;
const DURATION = /^\s*\d+(?:\.\d+)?\s*(?:s|m|min|h|d|w|mo|y)\s*$/u;
const FULL = 100;

export const Bound = {
  share: {
    hint: "share_hint",
    wrong: "share_wrong",
    fits: (text: string) => Number(SHARE.exec(text)?.[1] ?? FULL + 1) <= FULL,
  },
  duration: {
    hint: "duration_hint",
    wrong: "duration_wrong",
    fits: (text: string) => DURATION.test(text),
  },
} as const;
