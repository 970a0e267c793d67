import { Button } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";

interface Props {
  edit: string;
  /** Left out where the page itself is where it is edited. */
  onEdit?: () => void;
  remove: string;
  onRemove: () => void;
}

/** What the head of a page of one thing offers to whoever may change it. */
export function EditRemove({ edit, onEdit, remove, onRemove }: Props) {
  return (
    <>
      {onEdit && (
        <Button size="xs" variant="default" leftSection={<IconPencil size={15} />} onClick={onEdit}>
          {edit}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<IconTrash size={15} />} onClick={onRemove}>
        {remove}
      </Button>
    </>
  );
}
