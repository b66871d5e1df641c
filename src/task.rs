//! The border of task.
