"""送信メール: everything that leaves by mail waits in the database, is sent by a worker, and can be looked after."""
