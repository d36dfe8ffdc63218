/** What people are told of the metrics: the page of the documentation, and the dashboard. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { labelsWith } from '../testing/metricLabels';
import { allInstruments } from '../testing/metrics';

const DOCS = resolve(__dirname, '../../../../docs');
const read = (file: string) => readFileSync(resolve(DOCS, file), 'utf8');

const page = read('metrics.md');
const dashboard = read('dashboard.json');

const panels = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string().min(1),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

const underscored = (name: string): string => name.replaceAll('.', '_');

const SUFFIXES = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

/** By the names that the Prometheus exporter of OpenTelemetry gives to them. */
const series = new Map(
  allInstruments().flatMap(({ kind, name }) =>
    SUFFIXES[kind].map(suffix => [underscored(name) + suffix, name] as const),
  ),
);

/** Of a query: its series, and the labels that it chooses or sums by. */
const partsOf = (query: string) => ({
  names: query.match(/api_products_\w+/g) ?? [],
  labels: [
    ...[...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, by]) =>
      by.split(/,\s*/),
    ),
    ...[...query.matchAll(/(\w+)(?:=~|!=|=)"/g)].map(([, label]) => label),
  ],
});

const queries: string[] = [
  ...panels
    .parse(JSON.parse(dashboard))
    .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...[...page.matchAll(/^\| `([^`]*api_products_[^`]*)`/gm)].map(
    ([, query]) => query,
  ),
];

describe('the documentation of metrics', () => {
  it('names every metric, with its labels, and no other', () => {
    const told = [
      ...page.matchAll(
        /^\| `(api_products\.[\w.]+)` +\| (\w+) +\| ([^|]*)\|/gm,
      ),
    ].map(([, name, kind, labels]) => ({
      name,
      kind,
      labels: (labels.match(/[\w.]+/g) ?? []).sort(),
    }));
    const labels = labelsWith([]);
    expect(told.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      allInstruments()
        .map(({ name, kind }) => ({
          name,
          kind,
          labels: Object.keys(labels[name] ?? {}).sort(),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });

  it('has a dashboard with each metric in it', () => {
    const shown = new Set(
      (dashboard.match(/api_products_\w+/g) ?? []).map(name =>
        series.get(name),
      ),
    );
    expect([...shown].sort()).toEqual(
      allInstruments()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('has panels with ids of their own', () => {
    const ids = panels.parse(JSON.parse(dashboard)).panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(queries)('asks for what there is: %s', query => {
    const { names, labels } = partsOf(query);
    expect(names).not.toEqual([]);
    const known = labelsWith([]);
    for (const name of names) {
      const metric = series.get(name);
      expect([name, metric]).toEqual([name, expect.any(String)]);
      const its = Object.keys(known[metric ?? ''] ?? {}).map(underscored);
      expect([...its, 'le']).toEqual(expect.arrayContaining(labels));
    }
  });
});
