import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';

interface EmptyStateProps {
  title: string;
  /** What to do next, in words. */
  description?: ReactNode;
  /** The button or link that does it. */
  action?: ReactNode;
}

/** Says that there is nothing, and what to do next. */
export function EmptyState({ title, description, action }: EmptyStateProps) {
  return (
    <Box py={6} px={2} textAlign="center">
      <Typography variant="h6" component="h2" gutterBottom>
        {title}
      </Typography>
      {description && (
        <Box maxWidth={560} mx="auto" mb={2}>
          <Typography color="textSecondary">{description}</Typography>
        </Box>
      )}
      {action}
    </Box>
  );
}
