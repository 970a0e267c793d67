import { Input, SegmentedControl, type SegmentedControlProps } from "@mantine/core";
import { useId } from "react";

interface Props extends SegmentedControlProps {
  label: string;
}

/** A choice of few, labelled as fields are. */
export function FormSegments({ label, ...props }: Props) {
  const id = useId();
  return (
    <div>
      <Input.Label component="p" id={id} m={0} display="block">
        {label}
      </Input.Label>
      <SegmentedControl size="xs" {...props} aria-labelledby={id} />
    </div>
  );
}
