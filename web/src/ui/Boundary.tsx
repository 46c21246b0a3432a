import { Component, type ReactNode } from 'react';
import { Failure } from './Failure.tsx';

interface Props {
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps a failure inside its panel. */
export class Boundary extends Component<Props, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <Failure
        what={this.props.what}
        error={this.state.error}
        retry={() => this.setState({ error: undefined })}
      />
    );
  }
}
