-- Submits applications, each of a made-up person of its own. Arguments: token, a number that differs at each run.
local weights = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 }
local checks = "10X98765432"
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local counter, token, run = 0, "", 0
function init(args) token = args[1]; run = tonumber(args[2]) end
local function identity(n)
  local year = 1950 + math.floor(n / 999) % 50
  local body = string.format("140213%04d%02d%02d%03d", year, 1 + math.floor(n / 49950) % 12, 1 + math.floor(n / 599400) % 28, n % 999 + 1)
  local sum = 0
  for i = 1, 17 do sum = sum + tonumber(body:sub(i, i)) * weights[i] end
  local c = sum % 11
  return body .. checks:sub(c + 1, c + 1)
end
local form = '{"programmes":["SubsistenceAllowance"],"registeredResidence":{"divisionCode":"140213050001","address":"a1"},' ..
  '"habitualResidence":{"divisionCode":"140213054002","address":"a2"},"contactPhone":"0352-5550199","members":[{"name":"M%d",' ..
  '"identityNumber":"%s","relationship":"Self","consent":{"signedOn":"2026-09-21","signedByMember":1}}],"integrityPledge":{"signedOn":"2026-09-21"}}'
function request()
  counter = counter + 1
  local n = (run * 8 + id) * 250000 + counter
  return wrk.format("POST", "/v1/applications", {
    ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json", ["Idempotency-Key"] = run .. "-" .. id .. "-" .. counter,
  }, string.format(form, n, identity(n)))
end
local bad = 0
function response(status) if status ~= 201 then bad = bad + 1 end end
