/** A wide table that scrolls by itself, with the keyboard too. */
export function Scrolled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className="ws-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
