import { MOST_SHIFT, SHIFT_HASH } from '../data/augment';

/**
 * WGSL of shiftOf(image, step), the (dx, dy) of data/augment.ts, and of shiftedFrom, which says where value j of a
 * shifted image comes from (−1: from outside). `size` is the number of values of a plane.
 */
export const SHIFT_WGSL = `
fn shiftOf(image: u32, step: u32) -> vec2i {
  var h = (image * ${SHIFT_HASH.image}u) ^ (step * ${SHIFT_HASH.step}u);
  h = (h ^ (h >> 16u)) * ${SHIFT_HASH.mix1}u;
  h = (h ^ (h >> 15u)) * ${SHIFT_HASH.mix2}u;
  h ^= h >> 16u;
  return vec2i((vec2u(h & 0xffffu, h >> 16u) * ${2 * MOST_SHIFT + 1}u) >> vec2u(16u)) - ${MOST_SHIFT};
}
fn shiftedFrom(j: u32, width: u32, size: u32, shift: vec2i) -> i32 {
  let inPlane = j % size;
  let at = vec2i(vec2u(inPlane % width, inPlane / width)) - shift;
  let inside = all(at >= vec2i()) && all(at < vec2i(vec2u(width, size / width)));
  return select(-1, i32(j - inPlane) + at.y * i32(width) + at.x, inside);
}`;
