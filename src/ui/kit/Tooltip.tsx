import { cloneElement, type ReactElement, useEffect, useId, useRef } from 'react';
import { placePopover } from './placePopover';
import styles from './Popover.module.css';

interface TooltipProps {
  text: string;
  /** Whether the text describes the child to assistive technology (false when it only repeats its name). */
  describes?: boolean;
  children: ReactElement<{ 'aria-describedby'?: string }>;
}

const DELAY_MS = 350;

/** A short explanation on hover and keyboard focus; Escape hides it. Never the only place of a fact. */
export function Tooltip({ text, describes = true, children }: TooltipProps) {
  const id = useId();
  const host = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const element = host.current;
    const panel = tip.current;
    if (!element || !panel) return;
    let timer = 0;
    const show = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (!panel.isConnected || panel.matches(':popover-open')) return;
        placePopover(panel, element.getBoundingClientRect());
        panel.style.maxWidth = '';
        panel.showPopover();
      }, DELAY_MS);
    };
    const hide = (): void => {
      window.clearTimeout(timer);
      if (panel.isConnected && panel.matches(':popover-open')) panel.hidePopover();
    };
    const focus = (event: FocusEvent): void => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show();
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    const enter = (event: PointerEvent): void => {
      if (event.pointerType === 'mouse') show();
    };
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', hide);
    element.addEventListener('pointerdown', hide);
    element.addEventListener('focusin', focus);
    element.addEventListener('focusout', hide);
    element.addEventListener('keydown', key);
    return () => {
      hide();
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', hide);
      element.removeEventListener('pointerdown', hide);
      element.removeEventListener('focusin', focus);
      element.removeEventListener('focusout', hide);
      element.removeEventListener('keydown', key);
    };
  }, []);

  return (
    <span ref={host} className={styles.host}>
      {describes ? cloneElement(children, { 'aria-describedby': id }) : children}
      <span ref={tip} id={id} role="tooltip" popover="manual" className={styles.tip} aria-hidden={!describes}>
        {text}
      </span>
    </span>
  );
}
