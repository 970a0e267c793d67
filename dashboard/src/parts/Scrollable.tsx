import type { ReactNode } from "react";

/** What may be wider than a phone: scrolled by touch, and by the arrow keys once it has the focus. */
export function Scrollable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" className="scroll-x" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
