-- The queue asks what reporters added in the last day, however many years of messages there are.
create index messages_by_time on messages (sent_at) where side = 'reporter';
