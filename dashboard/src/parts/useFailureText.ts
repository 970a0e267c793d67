import { useWords } from "../words";
import { usePreferences } from "./preferences";

/** What went wrong at a station: in English as the API says it, which is the most exact; else by its code. */
export function useFailureText(): (failure: { code: string; message: string }) => string {
  const { failures } = useWords();
  const { language } = usePreferences();
  return ({ code, message }) => (language === "en" ? message : ((failures as Record<string, string>)[code] ?? message));
}
