/** tanh unit by unit as z·tanh(|z|)/|z| (needs ISOTROPIC_TANH): the same branches, so small values keep their digits. */
export const ELEMENTWISE_TANH_WGSL = `
fn elementwiseTanh(z: vec4f) -> vec4f { return z * isotropicScale(z * z); }`;
