/** The size of something to be placed. */
export interface Box {
  width: number;
  height: number;
}

const WIDER_THAN_HIGH = 1.5;

/**
 * Upper left corners for boxes that do not overlap: in rows, in the given order, as wide as makes the whole a bit wider
 * than high.
 */
export function packBoxes(boxes: readonly Box[]): { x: number; y: number }[] {
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const rowWidth = Math.sqrt(area * WIDER_THAN_HIGH);
  let [x, y, rowHeight] = [0, 0, 0];
  return boxes.map((box) => {
    if (x > 0 && x + box.width > rowWidth) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const corner = { x, y };
    x += box.width;
    rowHeight = Math.max(rowHeight, box.height);
    return corner;
  });
}
