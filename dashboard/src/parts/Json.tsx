import { Code } from "@mantine/core";

export function Json({ of }: { of: unknown }) {
  return (
    <Code block style={{ maxHeight: 420, overflow: "auto", whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {JSON.stringify(of, null, 2)}
    </Code>
  );
}
