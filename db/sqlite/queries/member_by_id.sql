select member_id, front_door_id, roles, shut_out, sealed_name, sealed_email, mark_email, salt, verifier,
       sealed_code_secret, public_key, signing_key, sealed_private, sealed_private_recovery, recovery_salt
from members
where member_id = ?
