import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "virtual:theme.css";
import "./global.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueries } from "./api/queries";
import { PreferencesProvider } from "./parts/preferences";
import { App } from "./shell/App";
import { theme } from "./theme";
import { WordsProvider } from "./words";

const queries = newQueries(() => queries.setQueryData(["me"], null));
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// Styles at run time are off: the page's policy lets none in. See scripts/themeCss.ts.
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <PreferencesProvider>
        <WordsProvider>
          <QueryClientProvider client={queries}>
            <Notifications position="bottom-right" />
            <App />
          </QueryClientProvider>
        </WordsProvider>
      </PreferencesProvider>
    </MantineProvider>
  </StrictMode>,
);
