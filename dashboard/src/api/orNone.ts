/** What an emptied field says in a change: null ends it. The document's types know of values alone. */
export const orNone = <T>(value: T | "" | undefined): T | undefined =>
  value === "" || value === undefined ? (null as unknown as undefined) : value;
