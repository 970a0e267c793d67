export interface Tiles {
  url: string;
  /** Whom the tiles are of: shown as text, as their makers ask. */
  by: string;
}

/** The server writes into its page where map tiles come from, if the operator set that. */
export function tilesOf(page: ParentNode = document): Tiles | undefined {
  const said = (name: string) => page.querySelector(`meta[name="${name}"]`)?.getAttribute("content")?.trim();
  const url = said("voltgate-tiles");
  return url ? { url, by: said("voltgate-tiles-by") ?? "" } : undefined;
}
