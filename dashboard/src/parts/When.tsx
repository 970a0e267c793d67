import { useFormat } from "./format";

/** A moment as short as it is clear, on the clock that the viewer prefers: their own, or that of the site. */
export function When({ at, zone }: { at: string; zone: string | undefined }) {
  const format = useFormat(zone);
  return (
    <time dateTime={at} title={format.exact(at)}>
      {format.when(at)}
    </time>
  );
}
