import { childrenOf, type JobGraph, parentsOf } from "../jobs/job-graph.js";
import { type LanczosLimits, largestEigenvectors, type SymmetricOperator } from "./lanczos.js";
import { packBoxes } from "./pack-boxes.js";
import { emptyPositions, type Positions } from "./positions.js";
import { separateOverlaps } from "./separate-overlaps.js";

/** A drawing's half width grows with the root of the number of its jobs, so that they stay about this far apart. */
const SPACING = 90;
const GAP_BETWEEN_COMPONENTS = 4 * SPACING;
/** Jobs of one wrapper belong together more than others. */
const WRAPPER_WEIGHT = 3;
/** Exact enough to look at: small beside the distance to 1, which is what tells long graphs' eigenvalues apart. */
const LIMITS: LanczosLimits = {
  basisNumbers: 8_000_000,
  multiplications: 1_500_000_000,
  tolerance: (value) => 0.005 * (1 - value),
};

/**
 * A drawing by the second and third eigenvectors of the normalised graph Laplacian, which put jobs near what they are
 * connected to. Parts of the graph that nothing connects are drawn one beside the other, jobs that would lie on the same
 * place are moved apart. Repeatable.
 * Source: reference, components/representations/graph/graph.py.
 * differs: the reference starts at random and fails on graphs of several parts.
 * @param groups as for `layoutInLayers`
 */
export function layoutBySpectrum(graph: JobGraph, groups: Int32Array): Positions {
  const components = connectedComponents(graph);
  const positions = emptyPositions(graph.size);
  const boxes = components.map((component) => {
    const half = (SPACING * Math.sqrt(component.length)) / 2;
    return { width: 2 * half + GAP_BETWEEN_COMPONENTS, height: 2 * half + GAP_BETWEEN_COMPONENTS };
  });
  const corners = packBoxes(boxes);
  components.forEach((component, place) => {
    const half = (SPACING * Math.sqrt(component.length)) / 2;
    const corner = corners[place] ?? { x: 0, y: 0 };
    const [horizontal, vertical] = embed(graph, component, groups);
    component.forEach((job, member) => {
      positions.x[job] = Math.round(corner.x + half * (1 + (horizontal[member] ?? 0)));
      positions.y[job] = Math.round(corner.y + half * (1 + (vertical[member] ?? 0)));
    });
  });
  separateOverlaps(positions, SPACING / 3);
  return positions;
}

/** Jobs that are connected in whatever direction, largest part first, each in list order. */
function connectedComponents(graph: JobGraph): Uint32Array[] {
  const isSeen = new Uint8Array(graph.size);
  const components: Uint32Array[] = [];
  for (let root = 0; root < graph.size; root += 1) {
    if (isSeen[root] === 1) continue;
    isSeen[root] = 1;
    const members = [root];
    for (let next = 0; next < members.length; next += 1) {
      const job = members[next] ?? root;
      for (const neighbours of [childrenOf(graph, job), parentsOf(graph, job)]) {
        for (const neighbour of neighbours) {
          if (isSeen[neighbour] === 1) continue;
          isSeen[neighbour] = 1;
          members.push(neighbour);
        }
      }
    }
    components.push(Uint32Array.from(members).sort());
  }
  return components.sort((a, b) => b.length - a.length);
}

/** Two coordinates between -1 and 1 for every job of a component. */
function embed(graph: JobGraph, component: Uint32Array, groups: Int32Array): [Float64Array, Float64Array] {
  const size = component.length;
  if (size === 1) return [new Float64Array(1), new Float64Array(1)];
  const { multiply, rootDegrees } = normalisedAdjacency(graph, component, groups);
  const length = Math.sqrt(rootDegrees.reduce((sum, root) => sum + root * root, 0));
  const trivial = rootDegrees.map((root) => root / length);
  const [first, second] = largestEigenvectors(multiply, size, 2, [trivial], LIMITS);
  const coordinates = (vector: Float64Array | undefined) =>
    spanned(rootDegrees.map((root, member) => (vector?.[member] ?? 0) / root));
  return [coordinates(first?.vector), coordinates(second?.vector)];
}

/**
 * D^-1/2 A D^-1/2 of a component, as an operator. Its largest eigenvalues are the smallest of the normalised Laplacian;
 * the vector of the largest one of all, 1, is known: the roots of the degrees.
 */
function normalisedAdjacency(graph: JobGraph, component: Uint32Array, groups: Int32Array) {
  const memberOf = new Map(Array.from(component, (job, member) => [job, member]));
  const from: number[] = [];
  const to: number[] = [];
  const weights: number[] = [];
  const degrees = new Float64Array(component.length);
  component.forEach((job, member) => {
    for (const child of childrenOf(graph, job)) {
      const other = memberOf.get(child) ?? member;
      const isInWrapper = (groups[job] ?? -1) >= 0 && groups[job] === groups[child];
      const weight = isInWrapper ? WRAPPER_WEIGHT : 1;
      from.push(member);
      to.push(other);
      weights.push(weight);
      degrees[member] = (degrees[member] ?? 0) + weight;
      degrees[other] = (degrees[other] ?? 0) + weight;
    }
  });
  const rootDegrees = degrees.map(Math.sqrt);
  const scaled = Float64Array.from(weights, (weight, edge) => {
    return weight / ((rootDegrees[from[edge] ?? 0] ?? 1) * (rootDegrees[to[edge] ?? 0] ?? 1));
  });
  const multiply: SymmetricOperator = (vector, result) => {
    result.fill(0);
    for (let edge = 0; edge < scaled.length; edge += 1) {
      const one = from[edge] as number;
      const other = to[edge] as number;
      const weight = scaled[edge] as number;
      result[one] = (result[one] as number) + weight * (vector[other] as number);
      result[other] = (result[other] as number) + weight * (vector[one] as number);
    }
  };
  return { multiply, rootDegrees };
}

/** The values moved and stretched to reach from -1 to 1, with the sign of the first one that is not 0 made positive. */
function spanned(values: Float64Array): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return new Float64Array(values.length);
  const isFlipped = (values[0] ?? 0) < (low + high) / 2;
  return values.map((value) => (isFlipped ? -1 : 1) * ((2 * (value - low)) / (high - low) - 1));
}
