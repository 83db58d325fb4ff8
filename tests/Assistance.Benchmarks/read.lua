-- Reads applications by random id. Arguments: token, file of ids.
local ids, token = {}, ""
function init(args)
  token = args[1]
  for line in io.lines(args[2]) do ids[#ids + 1] = line end
  math.randomseed(os.time() + tonumber(tostring({}):sub(8)) % 100000)
end
function request()
  return wrk.format("GET", "/v1/applications/" .. ids[math.random(#ids)], { ["Authorization"] = "Bearer " .. token })
end
