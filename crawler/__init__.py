"""The crawler: asks the portal and writes facts down; it judges nothing."""
