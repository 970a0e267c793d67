import { ActionIcon, Drawer, Kbd } from "@mantine/core";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useRef, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { useLive, useLiveEvents } from "../live/Live";
import { Loading } from "../parts/states";
import { useWords } from "../words";
import { AccountMenu } from "./AccountMenu";
import { LiveBadge } from "./LiveBadge";
import { useMe } from "./me";
import { Navigation } from "./Navigation";
import { Palette, usePalette } from "./Palette";
import classes from "./shell.module.css";

export function Shell() {
  const { shell, common } = useWords();
  const palette = usePalette();
  const { isReady } = useLive();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useFocusOnTurn(main);
  useOwnRole();
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        {shell.skip}
      </a>
      <aside className={classes.side}>
        <Navigation />
      </aside>
      <Drawer
        opened={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        size={272}
        title={common.close}
        closeButtonProps={{ "aria-label": common.close }}
      >
        <div className={`${classes.side} ${classes.open}`}>
          <Navigation onGo={() => setMenuOpen(false)} />
        </div>
      </Drawer>
      <div className={classes.column}>
        <section className={classes.top} aria-label={shell.tools}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            className={classes.burger}
            aria-label={shell.menu}
            onClick={() => setMenuOpen(true)}
          >
            <IconMenu2 size={20} />
          </ActionIcon>
          <button type="button" className={classes.search} onClick={palette.open}>
            <IconSearch size={16} aria-hidden />
            <span className="truncate">{shell.palette.open}</span>
            <Kbd size="xs" className={classes.wide}>
              {navigator.platform.startsWith("Mac") ? "⌘ K" : "Ctrl K"}
            </Kbd>
          </button>
          <div className={classes.spring} />
          <LiveBadge />
          <AccountMenu />
        </section>
        <main id="main" className={classes.main} ref={main} tabIndex={-1}>
          <div className={classes.page}>
            <Suspense fallback={<Loading />}>{isReady ? <Outlet /> : <Loading />}</Suspense>
          </div>
        </main>
      </div>
      <Palette isOpen={palette.isOpen} onClose={palette.close} />
    </div>
  );
}

/** A new role holds at once, and so does what is offered. */
function useOwnRole() {
  const { me } = useMe();
  const queries = useQueryClient();
  useLiveEvents(({ object, data }) => {
    if (object === "admin" && data._id === me.admin?._id && data.role !== me.admin?.role)
      void queries.invalidateQueries({ queryKey: ["me"] });
  });
}

/** A new page begins at its top, for eyes and for screen readers. */
function useFocusOnTurn(main: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    main.current?.scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}
