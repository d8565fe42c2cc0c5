import "./Icon.css";

/** Drawn by hand on a field of 20 × 20, one line of 1.6. */
const PATHS = {
  add: "M10 4v12M4 10h12",
  back: "M12 4l-6 6 6 6",
  check: "M4 10.5l4 4 8-9",
  close: "M5 5l10 10M15 5L5 15",
  copy: "M7 7h9v9H7zM4 13V4h9",
  down: "M5 8l5 5 5-5",
  download: "M10 3v9M6 8.500l4 4 4-4M4 16h12",
  forward: "M8 4l6 6-6 6",
  gone: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
  image: "M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13 7.5h.01",
  key: "M12 8a3 3 0 1 0-2.6 3L8 12.5V14H6.5v1.5H4V13l4.6-4.6",
  language: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM3 10h14M10 3c-5 5-5 9 0 14M10 3c5 5 5 9 0 14",
  less: "M4 10h12",
  link: "M8.5 11.5l3-3M7 9l-2 2a2.8 2.8 0 0 0 4 4l2-2M13 11l2-2a2.8 2.8 0 0 0-4-4L9 7",
  lock: "M5 9h10v7H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  map: "M3 5l4.5-1.5 5 2L17 4v11l-4.5 1.5-5-2L3 16zM7.5 3.5v11M12.5 5.5v11",
  more: "M4 9.5h1v1h-1zM9.500 9.500h1v1h-1zM15 9.500h1v1h-1z",
  pen: "M4 16l1-4 8-8 3 3-8 8zM11 6l3 3",
  people:
    "M7.5 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 16c0-3 2-4.500 4.500-4.500S12 13 12 16M13 9a2 2 0 1 0 0-4M14 11.500c2 .3 3 2 3 4.500",
  person: "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3.500 2.500-5 6-5s6 1.500 6 5",
  redo: "M13 4l3 3-3 3M16 7H8a4 4 0 0 0 0 8h3",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM13 13l4 4",
  settings: "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
  undo: "M7 4L4 7l3 3M4 7h8a4 4 0 0 1 0 8H9",
  up: "M5 12l5-5 5 5",
  warning: "M10 3l7.500 13.500h-15zM10 8v4M10 14.300h.01",
} as const;

export type IconName = keyof typeof PATHS;
const MIRRORED: readonly IconName[] = ["back", "forward", "undo", "redo"];

/** A sign beside words; alone it needs a label on what holds it. */
export function Icon({ name }: { name: IconName }) {
  const isMirrored = MIRRORED.includes(name);
  return (
    <svg
      className={isMirrored ? "icon icon-mirrored" : "icon"}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
