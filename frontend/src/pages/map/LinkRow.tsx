import { useEffect, useRef } from "react";
import { useLocation } from "wouter";

type LinkRowProps = { label: string; children: React.ReactNode };

/** Links beside each other; where they have no room, the row is moved until that of this page is seen. */
export function LinkRow({ label, children }: LinkRowProps) {
  const [at] = useLocation();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = at ? row.current?.querySelector("[aria-current]") : null;
    if (!row.current || !here) return;
    row.current.scrollBy({ left: middleOf(here) - middleOf(row.current) });
  }, [at]);
  return (
    <nav ref={row} className="map-rooms" aria-label={label}>
      {children}
    </nav>
  );
}

function middleOf(node: Element): number {
  const { left, right } = node.getBoundingClientRect();
  return (left + right) / 2;
}
