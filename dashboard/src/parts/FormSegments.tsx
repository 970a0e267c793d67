import { Input, SegmentedControl, type SegmentedControlProps } from "@mantine/core";
import { useId } from "react";

interface Props extends SegmentedControlProps {
  label: string;
}

/** A choice of few, labelled as fields are. */
export function FormSegments({ label, size = "sm", ...props }: Props) {
  const id = useId();
  return (
    <div>
      <Input.Label component="p" id={id} size={size} m={0} display="block">
        {label}
      </Input.Label>
      <SegmentedControl {...props} size={size === "sm" ? "xs" : size} aria-labelledby={id} />
    </div>
  );
}
