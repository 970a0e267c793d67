import axe from "axe-core";
import { expect, test } from "vitest";
import { Navigation } from "../shell/Navigation";
import { SignIn } from "../shell/SignIn";
import { show } from "../testing-page";
import { Facts } from "./Facts";
import { FilterBar } from "./FilterBar";
import { FilterSelect } from "./FilterSelect";
import { SearchField } from "./SearchField";
import { EmptyState, ErrorState, Loading } from "./states";
import { VirtualTable } from "./VirtualTable";

const rows = { total: 3, row: () => ({ _id: "a", name: "Hall 7" }), show: () => {}, error: null, again: () => {} };

test.each([
  ["the sign-in", <SignIn key="1" />],
  ["the navigation", <Navigation key="2" />],
  [
    "a table",
    <VirtualTable
      key="3"
      label="Chargestations"
      rows={rows}
      columns={[{ key: "name", title: "Name", width: "1fr", cell: (row: { name: string }) => row.name }]}
      selection={{ chosen: new Set<string>(), toggle: () => {}, label: (row) => row.name }}
    />,
  ],
  [
    "filters",
    <FilterBar
      key="4"
      isFiltered
      onClear={() => {}}
      search={<SearchField value="x" placeholder="Name" onChange={() => {}} />}
    >
      <FilterSelect label="Status" value="a" options={[["a", "Active"]]} onChange={() => {}} />
    </FilterBar>,
  ],
  [
    "an empty list",
    <EmptyState key="5" title="Nothing yet">
      Add one.
    </EmptyState>,
  ],
  ["an error", <ErrorState key="6" error={new Error("x")} again={() => {}} />],
  ["waiting", <Loading key="7" />],
  ["facts", <Facts key="8" of={[["Name", "Hall 7"]]} />],
])("axe finds nothing in %s", async (_name, content) => {
  const { container } = show(content);
  // Colours need a real browser; landmarks a whole page.
  const { violations } = await axe.run(container, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
