import { errorMessage } from '../../base/errorMessage';
import { Component, type ReactNode } from 'react';
import { Button } from '../kit';

/** Catches errors of one part of the page, so that the rest of the lab and the training go on. */
export class Boundary extends Component<{ name: string; children: ReactNode }, { reason: string | null }> {
  override state: { reason: string | null } = { reason: null };

  static getDerivedStateFromError(error: unknown): { reason: string } {
    return { reason: errorMessage(error) };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === null) return this.props.children;
    return (
      <div role="alert" style={{ padding: 16, overflowWrap: 'anywhere' }}>
        <p>
          {this.props.name} could not be drawn. The run goes on. <span className="label">{reason}</span>
        </p>
        <Button onClick={() => this.setState({ reason: null })}>Try again</Button>
      </div>
    );
  }
}
