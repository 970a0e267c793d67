import { NavLink } from "react-router";
import { type PageEntry, pages } from "../pages";
import { useWords } from "../words";
import { Brand } from "./Entrance";
import { useMe } from "./me";
import classes from "./shell.module.css";

const groups: PageEntry["group"][] = ["operate", "people", "sell", "build", "manage"];

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { shell } = useWords();
  const { may } = useMe();
  const offered = pages.filter((page) => !page.scope || may(page.scope));
  return (
    <nav aria-label={shell.product}>
      <div className={classes.brand}>
        <Brand />
      </div>
      {groups
        .map((group) => ({ group, entries: offered.filter((page) => page.group === group) }))
        .filter(({ entries }) => entries.length > 0)
        .map(({ group, entries }) => (
          <div key={group}>
            <p className={classes.group}>{shell.groups[group]}</p>
            {entries.map(({ name, path, icon: Shown }) => (
              <NavLink key={name} to={path} end={path === "/"} className={classes.link} onClick={onGo}>
                <Shown size={18} stroke={1.7} aria-hidden />
                {shell.pages[name]}
              </NavLink>
            ))}
          </div>
        ))}
    </nav>
  );
}
