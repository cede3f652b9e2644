import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRoute } from './router';
import type { Route } from './router';

const load = () => Promise.reject(new Error('not loaded in this test'));
const routes: Route[] = [
  { path: '/', load },
  { path: '/g/:id', load },
  { path: '/g/:id/review', load },
];

const rows: [string, string | null, Record<string, string>][] = [
  ['/', '/', {}],
  ['/g/aB3dE6gH', '/g/:id', { id: 'aB3dE6gH' }],
  ['/g/aB3dE6gH/', '/g/:id', { id: 'aB3dE6gH' }],
  ['/g/aB3dE6gH/review', '/g/:id/review', { id: 'aB3dE6gH' }],
  ['/g/%E0%A4%A', '/g/:id', { id: '%E0%A4%A' }],
  ['/g', null, {}],
  ['/g/a/b/c', null, {}],
  ['/nothing', null, {}],
];
for (const [pathname, want, params] of rows) {
  test(`${pathname} leads to ${want ?? 'nothing'}`, () => {
    const found = findRoute(routes, pathname);
    assert.equal(found?.route.path ?? null, want);
    assert.deepEqual(found?.params ?? {}, params);
  });
}
