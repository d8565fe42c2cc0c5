/** The flow as the server draws it, put into the page: cards become links to the board. */
import type { FlowPictureSaid } from "../../api/types/readings.ts";

const SVG = "http://www.w3.org/2000/svg";
// All that a picture of ours is made of; whatever else came is left out.
const KNOWN = ["svg", "g", "title", "rect", "path", "circle", "text"];

/** The picture with its cards as links; null where it is none. */
export function pictureOf(
  drawn: Pick<FlowPictureSaid, "svg" | "stops">,
  hrefOf: (ref: string) => string,
  wordsOf: (stop: FlowPictureSaid["stops"][number]) => string,
): Element | null {
  const parsed = new DOMParser().parseFromString(drawn.svg, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.localName !== "svg" || root.namespaceURI !== SVG) return null;
  for (const one of [...root.querySelectorAll("*")]) {
    if (!KNOWN.includes(one.localName) || one.namespaceURI !== SVG) one.remove();
  }
  const groups = new Map(
    [...root.querySelectorAll("g[data-ref]")].map((one) => [one.getAttribute("data-ref"), one]),
  );
  for (const stop of drawn.stops) {
    const group = groups.get(stop.group);
    if (!group) continue;
    const link = parsed.createElementNS(SVG, "a");
    link.setAttribute("href", `#${hrefOf(stop.ref)}`);
    const title = parsed.createElementNS(SVG, "title");
    title.textContent = wordsOf(stop);
    link.append(title);
    link.setAttribute(
      "class",
      stop.ref.startsWith("missing:") ? "flow-stop flow-off" : "flow-stop",
    );
    group.replaceWith(link);
    link.append(group);
    for (const name of ["role", "aria-label", "tabindex"]) group.removeAttribute(name);
    for (const one of [...group.children]) if (one.localName === "title") one.remove();
  }
  return root;
}
