import type { ReactNode } from "react";
import { useWords } from "../words";
import classes from "./ApiWords.module.css";

/** The API's own sentences behind a heading, where the catalogue says the same in the reader's language. */
export function ApiWords({ children }: { children: ReactNode }) {
  const { security } = useWords();
  return (
    <details className={classes.detail}>
      <summary>{security.detail}</summary>
      <span lang="en">{children}</span>
    </details>
  );
}
