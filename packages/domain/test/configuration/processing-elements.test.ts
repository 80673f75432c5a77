import { describe, expect, test } from "vitest";
import { processingElements } from "../../src/configuration/processing-elements.js";

const none = { processors: "1", tasks: null, nodes: null, processorsPerNode: null, exclusive: false };

describe("processingElements", () => {
  test.each<[string, Partial<typeof none> | Record<string, unknown>, number]>([
    ["without processors per node: the processors", { processors: "100", tasks: 4, nodes: 3 }, 100],
    ["nodes times processors per node", { processors: "100", nodes: 3, processorsPerNode: 48 }, 144],
    ["fits into one node: the processors", { processors: "10", processorsPerNode: 48 }, 10],
    ["fits, but wants the node alone: the node", { processors: "10", processorsPerNode: 48, exclusive: true }, 48],
    ["exactly one node", { processors: "48", processorsPerNode: 48 }, 48],
    ["more than one: whole nodes, ceil(49 / 48) = 2", { processors: "49", processorsPerNode: 48 }, 96],
    ["tasks decide the nodes: ceil(100 / 10) = 10", { processors: "100", tasks: 10, processorsPerNode: 48 }, 480],
    ["tasks of 0 do not", { processors: "100", tasks: 0, processorsPerNode: 48 }, 144],
    ["tasks that need one node for a job that fits", { processors: "4", tasks: 4, processorsPerNode: 48 }, 4],
    ["a negative number counts as unset", { processors: "7", processorsPerNode: -1, nodes: 2 }, 7],
    ["no nodes", { processors: "7", processorsPerNode: 48, nodes: 0 }, 0],
  ])("%s", (_rule, settings, elements) => {
    expect(processingElements({ ...none, ...settings })).toBe(elements);
  });
});
