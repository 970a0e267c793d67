using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>
/// What stands in the documentation's bodies: by the name of a whole shape, by "Shape.field", by a field's name alone.
/// What is not here follows from the field itself: its example, its default, its first word, the id of its name.
/// </summary>
internal static class FieldExamples
{
    private const string Hash = "6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f";
    private const string Component = """{"type":"ENERGY","price":0.45,"tax":19}""";

    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        // Shapes whose fields must fit together.
        ["SessionTarget"] = """{"time":120,"energy":20,"state_of_charge":80}""",
        ["OpeningHours"] = """
            {"1":[{"startTime":"08:00","endTime":"12:00"},{"startTime":"13:00","endTime":"20:00"}],
             "6":[{"startTime":"10:00","endTime":"24:00"}]}
            """,
        ["RatePreviewBody"] = """
            {"start_time":"2026-01-02T08:00:00.000Z","end_time":"2026-01-02T09:30:00.000Z","energy":20.5,
             "timezone":"Europe/Berlin"}
            """,
        ["LayoutTarget"] = """{"day_of_week":[1,2,3,4,5],"start_time":"22:00","end_time":"06:00"}""",
        ["ChargingProfileBody"] = $$"""
            {"connector":"{{SampleIds.Connector}}","charging_profile":{
             "chargingProfileId":7,"stackLevel":1,"chargingProfilePurpose":"TxDefaultProfile",
             "chargingProfileKind":"Recurring","recurrencyKind":"Daily","chargingSchedule":{
               "chargingRateUnit":"W","startSchedule":"2026-01-02T00:00:00.000Z","duration":86400,
               "chargingSchedulePeriod":[{"startPeriod":0,"limit":11000},{"startPeriod":28800,"limit":4000}]} } }
            """,
        ["ChargingProfileClearBody"] = $$"""{"connector":"{{SampleIds.Connector}}","chargingProfileId":7}""",
        ["LocalListBody"] = $$"""{"type":"full","version":2,"tokens":["{{SampleIds.Token}}"]}""",
        ["DiagnosticsBody"] = """
            {"start_time":"2026-01-01T00:00:00.000Z","stop_time":"2026-01-02T00:00:00.000Z","retries":2,
             "retry_interval":60}
            """,
        ["LogBody"] = """
            {"log":"security","from":"2026-01-01T00:00:00.000Z","to":"2026-01-02T00:00:00.000Z","retries":2,
             "retry_interval":60}
            """,
        ["ReservationBody"] = $$"""
            {"connector":"{{SampleIds.Connector}}","user":"{{SampleIds.User}}",
             "expires_at":"2026-01-02T08:15:00.000Z","meta_data":{"order":"A-1001"} }
            """,
        ["ReplayBody"] = """
            {"from":"2026-01-01T00:00:00.000Z","to":"2026-01-02T00:00:00.000Z","events":["session.*"]}
            """,
        // As every version takes them.
        ["ConfigurationBody"] = """{"key":"HeartbeatInterval","value":"300"}""",
        ["ResetBody"] = """{"type":"Soft"}""",
        ["SecurityRaiseBody"] = """{"type":"tls_basic"}""",
        ["RateScheduleBody.default_rate"] = $"\"{SampleIds.Rate}\"",
        ["LayoutEntry.rate"] = $"\"{SampleIds.NightRate}\"",
        ["price_components"] =
            $$"""[{{Component}},{"type":"PARKING_TIME","price":6,"tax":19,"grace_period":0.25}]""",

        ["NetworkProfileBody"] = """
            {"slot":1,"type":"tls_basic","url":"wss://charging.example.org/ocpp","interface":"Wired0",
             "message_timeout":30}
            """,
        ["quirk_profile"] = "\"keba\"",
        ["PaymentProviderBody"] = """
            {"provider":"stripe","secret_key":"sk_test_0123456789","webhook_secret":"whsec_0123456789",
             "success_url":"https://app.example.org/paid","cancel_url":"https://app.example.org/not-paid"}
            """,
        ["TopUpBody"] = $$"""
            {"type":"manual","wallet":"{{SampleIds.Wallet}}","amount":2000,"wallet_amount":2200}
            """,
        ["StationPasswordBody"] = """{"password":"xJ4kq9ZtR2vB7nLm"}""",
        ["WalletAdjustment"] = """{"amount":-500,"note":"Paid out in cash"}""",
        ["WalletBody"] = $$"""{"user":"{{SampleIds.User}}","currency":"EUR"}""",
        ["wallet_currency"] = "\"EUR\"",
        ["minimum_balance_to_start_session"] = "2000",

        // Signing in.
        ["TokenRequest.grant_type"] = "\"client_credentials\"",
        ["TokenRequest.client_id"] = $"\"{SampleIds.ApiKey}\"",
        ["TokenRequest.client_secret"] = $"\"{Samples.KeyText}\"",
        ["TokenRequest.audience"] = "\"https://api.example.org\"",
        ["TokenRequest.scope"] = "\"*\"",
        ["InvitationBody.invitation"] = $"\"{Samples.InvitationToken}\"",
        ["password"] = "\"correct horse battery\"",
        ["current_password"] = "\"correct horse battery\"",
        ["new_password"] = "\"battery horse correct\"",
        ["InvitationBody.name"] = "\"Grace Hopper\"",
        ["AdminBody.name"] = "\"Grace Hopper\"",
        ["AdminBody.email"] = "\"grace@example.org\"",
        ["LoginBody.email"] = "\"grace@example.org\"",
        ["AdminChange.name"] = "\"Grace Hopper\"",
        ["UserBody.role"] = "\"user\"",
        ["AdminBody.role"] = "\"Support\"",
        ["AdminChange.role"] = "\"Viewer\"",
        ["scopes"] = """["read:sessions","write:sessions"]""",
        ["expiresAt"] = "\"2035-01-01T00:00:00.000Z\"",

        // Names, people, places.
        ["OrganizationBody.name"] = "\"Example Charging\"",
        ["ApiKeyBody.name"] = "\"Mobile app\"",
        ["ApiKeyChange.name"] = "\"Mobile app\"",
        ["LoadGroupBody.name"] = "\"Market square\"",
        ["LoadGroupBody.description"] = "\"All plugs behind the square's fuse\"",
        ["LocationBody.name"] = "\"Market square\"",
        ["RateBody.name"] = "\"Standard\"",
        ["RateScheduleBody.name"] = "\"Cheap nights\"",
        ["ChargestationBody.name"] = "\"Market square 1\"",
        ["ChargestationChange.name"] = "\"Market square 1\"",
        ["AdoptionBody.name"] = "\"Market square 2\"",
        ["description"] = "\"By the town hall\"",
        ["RateBody.description"] = "\"What everybody pays\"",
        ["RateScheduleBody.description"] = "\"Half the price from 22:00 to 06:00 on working days\"",
        ["WebhookBody.description"] = "\"The app's backend\"",
        ["firstname"] = "\"Ada\"",
        ["lastname"] = "\"Byron\"",
        ["email"] = "\"ada@example.org\"",
        ["alert_email"] = "\"ops@example.org\"",
        ["picture"] = "\"https://images.example.org/ada.png\"",
        ["mobile"] = "\"+49 170 0000000\"",
        ["home"] = "\"+49 30 0000000\"",
        ["work"] = "\"+49 30 0000001\"",
        ["streetAndNumber"] = "\"Marktplatz 1\"",
        ["city"] = "\"Berlin\"",
        ["postalCode"] = "\"10117\"",
        ["state"] = "\"Berlin\"",
        ["country"] = "\"DE\"",
        ["operatorName"] = "\"Example Charging\"",
        ["timezone"] = "\"Europe/Berlin\"",
        ["StatisticsDaysQuery.from"] = "\"2026-01-01\"",
        ["StatisticsDaysQuery.to"] = "\"2026-01-02\"",
        ["meta_data"] = """{"order":"A-1001"}""",

        // Stations, cards, prices, commands.
        ["ChargestationBody.endpoint"] = "\"MARKET-1\"",
        ["ChargestationChange.endpoint"] = "\"MARKET-1\"",
        ["StationSecurity.type"] = "\"basic_auth\"",
        ["SecurityRaiseBody.type"] = "\"tls_basic\"",
        ["StationSecurity.serial_number"] = "\"SN-0001\"",
        ["StationSecurity.allow_profile_0"] = "false",
        ["StationSecurity.allow_downgrade"] = "false",
        ["ConnectorBody.type"] = "\"CCS2\"",
        ["ConnectorBody.power_type"] = "\"DC\"",
        ["ConnectorChange.type"] = "\"CCS2\"",
        ["ConnectorChange.power_type"] = "\"DC\"",
        ["connectorId"] = "1",
        ["evseId"] = "5",
        ["power"] = "150",
        ["physicalId"] = "\"04A1B2C3D4E5F6\"",
        ["group"] = "\"FAMILY-7\"",
        ["favorite_chargestations"] = $"[\"{SampleIds.Station}\"]",
        ["maximum_capacity"] = "100",
        ["minimum_connector_capacity"] = "1.38",
        ["buffer"] = "0.1",
        ["notes"] = "\"Fuse box 12\"",
        ["chargestations"] = $"[\"{SampleIds.Station}\"]",
        ["minimum_amount"] = "1",
        ["maximum_amount"] = "100",
        ["late_after_days"] = "30",
        ["late_billing"] = "\"review\"",
        ["version"] = "1",
        ["limit"] = "11000",
        ["keys"] = """["HeartbeatInterval"]""",
        ["key"] = "\"HeartbeatInterval\"",
        ["value"] = "\"300\"",
        ["action"] = "\"ClearDisplayMessage\"",
        ["payload"] = """{"id":1}""",
        ["vendorId"] = "\"org.example\"",
        ["messageId"] = "\"display\"",
        ["data"] = "\"Welcome\"",
        ["issuer_name_hash"] = $"\"{Hash}\"",
        ["issuer_key_hash"] = $"\"{Hash}\"",
        ["serial_number"] = "\"4f1c9b27\"",
        ["install_date"] = "\"2026-01-02T03:00:00.000Z\"",
        ["retrieve_date"] = "\"2026-01-02T02:00:00.000Z\"",
        ["retries"] = "2",
        ["retry_interval"] = "60",
        ["url"] = "\"https://app.example.org/webhooks\"",
        ["events"] = """["session.*","chargestation.online"]""",
    };

    /// <summary>A new node each time, since a node has one parent; null: there is no row.</summary>
    public static JsonNode? Find(string name) => ByName.TryGetValue(name, out var json) ? JsonNode.Parse(json) : null;
}
