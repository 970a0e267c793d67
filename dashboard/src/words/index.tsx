import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { usePreferences } from "../parts/preferences";
import en from "./en";

/** Every text of the dashboard. English says which there are; the other languages must have them all. */
export type Words = typeof en;

export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

export const WordsContext = createContext<Words>(en);

export const useWords = (): Words => use(WordsContext);

/** English is at hand at once; the others are fetched when they are chosen. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const [words, setWords] = useState<{ language: Language; words: Words }>();
  useEffect(() => {
    document.documentElement.lang = language;
    let isCurrent = true;
    const loading = language === "de" ? import("./de").then((m) => m.default) : Promise.resolve(en);
    void loading.then((loaded) => isCurrent && setWords({ language, words: loaded }));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return words ? <WordsContext value={words.words}>{children}</WordsContext> : null;
}
