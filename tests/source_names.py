"""Every parameter, field and value that the four source documents name, call by call.

`name=value` is a value that a field can have. A name that is in the request and in the
answer of a call is there twice.
"""

NAMES: dict[str, tuple[str, ...]] = {
    "Parameters and envelope": (
        *("device_id", "devId", "result", "success", "t", "tid", "status=ok"),
    ),
    "createPassword": (
        *("device_id", "pwd_type_code", "pwd_type_code=dynamic", "pwd_type_code=temp"),
        *("pwd_type_code=once", "pwd_type_code=multiple", "pwd_type_code=clear_all"),
        *("pwd_type_code=clear_one", "name", "password_id", "effective_time"),
        *("invalid_time", "dynamic_password", "temp_password", "effective_time"),
        *("invalid_time", "offline_temp_password", "offline_temp_password_id"),
        *("offline_temp_password_name",),
    ),
    "savePassword": (
        *("device_id", "pwd_type_code", "pwd_type_code=multiple", "pwd_type_code=once"),
        *("pwd_type_code=clear_all", "pwd_type_code=clear_one", "pwd_type_code=temp"),
        *("password_id", "password_name", "password", "effective_time", "invalid_time"),
        *("name",),
    ),
    "getTempPwdList": (
        *("device_id", "page_size", "pwd_type_codes", "pwd_type_codes=multiple"),
        *("pwd_type_codes=once", "pwd_type_codes=clear_all"),
        *("pwd_type_codes=clear_one", "pwd_type_codes=temp", "query_id", "session_id"),
        *("target_status", "has_more", "records", "auth_result", "delivery_status"),
        *("delivery_status=ONGOING", "delivery_status=SUCCESS"),
        *("delivery_status=FAILED", "effective_flag", "effective_flag=0"),
        *("effective_flag=1", "effective_flag=2", "effective_time", "expired_time"),
        *("gmt_create", "name", "operate", "password_id", "phone", "pwd_type_code"),
        *("pwd_type_code=multiple", "pwd_type_code=once", "pwd_type_code=clear_all"),
        *("pwd_type_code=clear_one", "pwd_type_code=temp", "query_id", "sn"),
        *("has_clear_pwd", "revoked_pwd_name", "revoked_pwd_effective_time"),
        *("revoked_pwd_invalid_time",),
    ),
    "updatePasswordName": (
        *("device_id", "password_id", "password_name", "pwd_type_code"),
        *("pwd_type_code=multiple", "pwd_type_code=once", "pwd_type_code=clear_all"),
        *("pwd_type_code=clear_one", "pwd_type_code=temp"),
    ),
    "deletePassword": (
        *("device_id", "password_id", "effective_flag", "effective_flag=0"),
        *("effective_flag=1", "effective_flag=2", "pwd_type_code"),
        *("pwd_type_code=multiple", "pwd_type_code=once", "pwd_type_code=clear_all"),
        *("pwd_type_code=clear_one", "pwd_type_code=temp"),
    ),
    "listOfflinePassword": (
        *("device_id", "page_no", "page_size", "records", "has_more", "total"),
        *("total_pages", "auth_result", "delivery_status", "delivery_status=ONGOING"),
        *("delivery_status=SUCCESS", "delivery_status=FAILED", "effective_flag"),
        *("effective_flag=0", "effective_flag=1", "effective_flag=2", "effective_time"),
        *("expired_time", "gmt_create", "name", "operate", "password_id", "phone"),
        *("pwd_type_code", "pwd_type_code=multiple", "pwd_type_code=once"),
        *("pwd_type_code=clear_all", "pwd_type_code=clear_one", "pwd_type_code=temp"),
        *("query_id", "sn", "has_clear_pwd", "revoked_pwd_name"),
        *("revoked_pwd_effective_time", "revoked_pwd_invalid_time", "pwd_id"),
        *("pwd_name", "pwd", "gmt_start", "gmt_expired", "opt_uid", "status"),
    ),
    "tuya.m.device.member.count": (*("familyUser", "panelUser"),),
    "tuya.m.device.member.list": (
        *("userId", "avatarUrl", "userContact", "userType", "userType=10"),
        *("userType=20", "userType=30", "nickName", "unlockList"),
    ),
    "tuya.m.device.member.panel.list": (
        *("offset", "limit", "linit", "userId", "avatarUrl", "userContact", "userType"),
        *("userType=10", "userType=20", "userType=30", "nickName", "unlockList"),
    ),
    "m.smart.scale.history.user.add": (
        *("name", "avatar", "sex", "birthday", "height", "userId"),
    ),
    "m.smart.scale.history.user.delete": (*("userId", "result"),),
    "tuya.m.device.member.opmode.add": (
        *("userId", "unlockId", "unlockName", "opModeId"),
    ),
    "m.smart.scale.user.unlock.remove": (*("unlockId", "result"),),
    "tuya.m.device.member.detail": (
        *("userId", "userId", "avatarUrl", "userContact", "userType", "userType=10"),
        *("userType=20", "userType=30", "nickName", "unlockDetail", "dpId"),
        *("unlockList", "devId", "unlockId", "unlockName", "unlockAttr"),
        *("unlockAttr=1", "unlockAttr=0", "opModeId"),
    ),
    "tuya.m.device.member.opmode.update": (*("opmodeId", "unlockName"),),
    "tuya.m.scale.hijacking.add.config": (*("dpId", "dpValue"),),
    "tuya.m.scale.hijacking.remove.config": (*("dpId", "dpValue"),),
    "tuya.m.device.unlock.assignlist": (
        *("opmode", "opmode=1", "opmode=2", "opmode=3", "unlockInfo", "unlockId"),
        *("unlockName",),
    ),
    "tuya.m.device.unlock.waitassign": (*("result=true", "result=false"),),
    "tuya.m.device.user.unlock.allocate": (
        *("userId", "unlockId", "unlockIds", "result"),
    ),
    "tuya.m.device.user.unlock.bind": (*("userId", "unlockId", "unlockIds", "result"),),
    "tuya.m.device.lock.active.period": (*("result",),),
    "tuya.m.device.lock.alarm.unread": (*("result",),),
    "tuya.m.scale.history.list": (
        *("dpIds", "offset", "limit", "startTime", "endTime", "datas", "devId", "dps"),
        *("avatar", "userName", "unlockName", "gmtCreate", "uuid", "userId", "tags"),
        *("status", "hasNext", "totalCount"),
    ),
    "tuya.m.device.lock.alarm.list": (
        *("dpIds", "offset", "limit", "datas", "devId", "dps", "avatar", "userName"),
        *("gmtCreate", "uuid", "userId", "tags", "status", "hasNext", "totalCount"),
    ),
    "tuya.m.device.lock.temppwd.list": (
        *("name", "effective", "effective=1", "effective=2", "effective=3"),
        *("effective=4", "effective=5", "scheduleDetails", "allDay", "effectiveTime"),
        *("invalidTime", "workingDay", "id", "phone", "effectiveTime", "invalidTime"),
        *("availTime", "availTime=0", "availTime=1", "sn"),
    ),
    "tuya.m.device.lock.temppwd.create": (
        *("password", "schedule", "allDay", "effectiveTime", "invalidTime"),
        *("workingDay", "phone", "effectiveTime", "invalidTime", "name", "availTime"),
        *("availTime=0", "availTime=1", "countryCode", "result"),
    ),
    "tuya.m.device.lock.temppwd.name.update": (*("pwdId", "name"),),
    "tuya.m.device.lock.temppwd.del": (*("id",),),
    "tuya.m.device.lock.offlinepwd.available": (
        *("pwdType", "pwdType=0", "pwdType=1", "pwdType=8", "pwdType=9", "result"),
    ),
    "tuya.m.device.lock.offlinepwd.get": (
        *("pwdType", "pwdType=0", "pwdType=1", "pwdType=9", "gmtStart", "gmtExpired"),
        *("pwdName", "countryCode", "mobile", "pwd", "pwdId"),
    ),
    "tuya.m.device.lock.offlinepwd.list": (
        *("pwdType", "pwdType=0", "pwdType=1", "pwdType=9", "offset", "limit", "pwdId"),
        *("pwdName", "gmtStart", "gmtExpired", "status", "status=1", "status=2"),
        *("status=3",),
    ),
    "tuya.m.device.lock.offlinepwd.bind": (*("pwdId", "pwdName", "mobile"),),
    "tuya.m.device.lock.offlinepwd.revoke": (*("pwdId", "result"),),
    "tuya.m.device.lock.offlinepwd.revocable": (
        *("pwdId", "pwdName", "gmtStart", "gmtExpired"),
    ),
    "DELETE /v1.0/devices/{device_id}/door-lock/template/temp-password/{password_id}": (
        *("temp_pwd_request", "body", "name", "pwd_id", "msg_id", "password"),
        *("password=7 digits", "password=6 digits"),
        *("password=AES, ECB, PKCS7, 128 bits, hex", "password=ticket_key"),
        *("effective_time", "invalid_time", "phone", "type", "type=1", "type=0"),
        *("time_zone", "bluetooth_symbolic", "bluetooth_symbolic=true"),
        *("bluetooth_symbolic=false", "schedule_list", "sn", "check_name"),
        *("check_name=true", "check_name=false", "country_code", "iot_uid", "app_id"),
        *("available_time", "sms_param_map", "sms_template", "dp_tunnel"),
        *("dp_tunnel=1", "dp_tunnel=2", "dpTunnel", "is_record", "request_id"),
        *("dev_id_list", "device_id", "password_id", "effective_time", "invalid_time"),
        *("working_day", "working_day=1", "working_day=2", "working_day=4"),
        *("working_day=8", "working_day=16", "working_day=32", "working_day=64"),
        *("result", "pwd_id"),
    ),
}
