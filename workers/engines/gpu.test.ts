import { describe, expect, it } from 'vitest';
import { isSoftwareRenderer, probeGpu } from './gpu';

describe('the graphics card', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 19.1.7, 256 bits)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'Apple Software Renderer',
  ])('is known to be imitated: %s', (name) => {
    expect(isSoftwareRenderer(name)).toBe(true);
  });

  it.each(['ANGLE (NVIDIA, NVIDIA GeForce RTX 4090, D3D11)', 'Apple GPU', 'Mali-G78'])(
    'is known to be real: %s',
    (name) => {
      expect(isSoftwareRenderer(name)).toBe(false);
    },
  );

  it('is missing where there is no OffscreenCanvas', () => {
    expect(probeGpu()).toBeNull();
  });
});
