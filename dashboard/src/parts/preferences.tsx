import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import type { Language } from "../words";

export interface Preferences {
  language: Language;
  /** Times in the zone of who looks, or in that of the place where it happened. */
  zone: "viewer" | "site";
}

interface Held extends Preferences {
  prefer: (change: Partial<Preferences>) => void;
}

const storedAs = "voltgate-preferences";

function read(): Preferences {
  const spoken: Language = navigator.language.startsWith("de") ? "de" : "en";
  try {
    const kept = JSON.parse(localStorage.getItem(storedAs) ?? "{}") as Partial<Preferences>;
    return {
      language: kept.language === "de" || kept.language === "en" ? kept.language : spoken,
      zone: kept.zone === "site" ? "site" : "viewer",
    };
  } catch {
    return { language: spoken, zone: "viewer" };
  }
}

const PreferencesContext = createContext<Held>({ language: "en", zone: "viewer", prefer: () => {} });

export const usePreferences = (): Held => use(PreferencesContext);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(read);
  const prefer = useCallback((change: Partial<Preferences>) => {
    setPreferences((now) => {
      const next = { ...now, ...change };
      localStorage.setItem(storedAs, JSON.stringify(next));
      return next;
    });
  }, []);
  const held = useMemo(() => ({ ...preferences, prefer }), [preferences, prefer]);
  return <PreferencesContext value={held}>{children}</PreferencesContext>;
}
